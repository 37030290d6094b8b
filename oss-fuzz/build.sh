#!/bin/bash -eu
# Builds the fuzz targets for OSS-Fuzz and ClusterFuzzLite, which say in the environment what they want, into $OUT:
# self-contained executables, with seed corpora, dictionaries and options beside them.

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

[[ ${FUZZING_ENGINE:-libfuzzer} == libfuzzer ]] || fail "FUZZING_ENGINE is $FUZZING_ENGINE; it can be libfuzzer"
# LIB_FUZZING_ENGINE is clang's libFuzzer. Swift's compiler brings its own, which fits its instrumentation.
flags=(-c release --static-swift-stdlib)
case ${SANITIZER:-address} in
  address | thread) flags+=(-Xswiftc "-sanitize=fuzzer,$SANITIZER") ;;
  none) flags+=(-Xswiftc -sanitize=fuzzer) ;;
  coverage) flags+=(-Xswiftc -sanitize=fuzzer -Xswiftc -profile-generate -Xswiftc -profile-coverage-mapping) ;;
  *) fail "SANITIZER is $SANITIZER; of those, Swift has address, thread, none and coverage" ;;
esac

cd "$SRC/swift-virtio-fuzz"
scratch=$WORK/build-${SANITIZER:-address}
# CC is their clang, for which Swift's is not the right linker.
env -u CC -u CXX swift build "${flags[@]}" --scratch-path "$scratch"

for target in $(ls FuzzTargets); do cp "$scratch/release/$target" "$OUT/"; done
"$scratch/release/virtio-fuzz" corpus export -o "$OUT"
# Theirs reads the symbols of C++ only.
if command -v llvm-symbolizer-swift >/dev/null; then cp "$(command -v llvm-symbolizer-swift)" "$OUT/llvm-symbolizer"; fi
