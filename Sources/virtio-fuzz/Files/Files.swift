import ArgumentParser
import Foundation
import VirtioProgram

/// Reading and writing whole files.
enum Files {
  static func bytes(_ path: String) throws -> [UInt8] {
    do {
      return [UInt8](try Data(contentsOf: URL(filePath: path)))
    } catch {
      throw FileError(path, error)
    }
  }

  static func text(_ path: String) throws -> String {
    guard let text = String(validating: try bytes(path), as: UTF8.self) else {
      throw FileError(path, "this is no UTF-8 text")
    }
    return text
  }

  /// The program in a file. Strictly, bytes that are not canonical are an error; else any bytes are a program.
  static func program(_ path: String, anyBytes: Bool) throws -> Program {
    let bytes = try bytes(path)
    guard !anyBytes else { return bytes.withUnsafeBytes { Program(decoding: $0) } }
    do {
      return try Program(strict: bytes)
    } catch {
      throw FileError(
        path, "\(error)" + (path.hasSuffix(".txt") ? "; of a text, 'virtio-fuzz assemble' makes one" : ""))
    }
  }

  /// The program in a file of bytes, or in a text by its name.
  static func anyProgram(_ path: String, anyBytes: Bool) throws -> Program {
    guard path.hasSuffix(".txt") else { return try program(path, anyBytes: anyBytes) }
    let text = try text(path)
    do {
      return try Program(text: text)
    } catch {
      throw FileError(path, "\(error)")
    }
  }

  /// Puts a file into its place as a whole, or not at all: into that of the file that a link leads to, if it is one. A device
  /// or a pipe stays what it is.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let place = URL(filePath: path).resolvingSymlinksInPath()
    let type = (try? FileManager.default.attributesOfItem(atPath: place.path))?[.type] as? FileAttributeType
    do {
      guard [nil, .typeRegular, .typeDirectory, .typeSymbolicLink].contains(type) else {
        return try FileHandle(forWritingTo: place).write(contentsOf: Data(bytes))
      }
      try Data(bytes).write(to: place, options: .atomic)
    } catch {
      throw FileError(path, error)
    }
  }

  /// An error where a file that is to be written is one that is read.
  ///
  /// - Parameter option: the one that names it.
  static func check(_ output: String, of option: String, isNot input: String) throws {
    func place(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path }
    guard place(output) == place(input) else { return }
    throw ValidationError("\(option) \(output) would replace what it is made of; it can be any other file")
  }

  static func remove(_ path: String) throws {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw FileError(path, error)
    }
  }

  /// Gives `body` the path of a new folder, which is gone afterwards.
  static func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "virtio-fuzz-\(UUID())").path
    try makeFolder(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
  }

  /// An error where a folder's disk has less room than this, in bytes: an engine would lose inputs without a word.
  static func checkRoom(_ folder: String, atLeast bytes: Int64) throws {
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder)
    guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value, free < bytes else { return }
    throw FileError(folder, "the disk is nearly full: \(free >> 20) MiB are free, and \(bytes >> 20) are needed")
  }

  static func makeFolder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw FileError(path, error)
    }
  }

  /// An error where there is no folder for a file that is to be written.
  static func checkPlace(of file: String) throws {
    let folder = URL(filePath: file).deletingLastPathComponent().path
    guard !isFolder(folder) else { return }
    throw FileError(file, "there is no folder \(folder) for it")
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// What is in a folder itself, in order.
  static func names(in folder: String) throws -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      throw FileError(folder, error)
    }
  }

  /// The programs in a folder and the folders in it, by their paths in order: every file but hidden ones, and those that
  /// are there for people.
  static func programs(in folder: String) throws -> [String] {
    try files(in: folder).filter { !$0.hasSuffix(".txt") }
  }

  /// The same, or a file itself.
  static func programs(at path: String) throws -> [String] {
    guard isFolder(path) else { return [path] }
    let programs = try programs(in: path)
    guard !programs.isEmpty else { throw FileError(path, "there is no program in it") }
    return programs
  }

  /// Those of them that were written after a date.
  static func programs(in folder: String, since date: Date) throws -> [String] {
    try programs(in: folder).filter { file in
      let attributes = try? FileManager.default.attributesOfItem(atPath: file)
      return (attributes?[.modificationDate] as? Date).map { $0 >= date } ?? false
    }
  }

  /// The same as without a date, and texts that have no bytes beside them.
  static func programsAndTexts(in folder: String) throws -> [String] {
    let files = try files(in: folder)
    let bytes = Set(files)
    return files.filter { !$0.hasSuffix(".txt") || !bytes.contains("\($0.dropLast(4)).vfz") }
  }

  private static func files(in folder: String) throws -> [String] {
    do {
      return try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().compactMap { path in
        let name = path.split(separator: "/").last ?? ""
        let whole = folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
        return name.hasPrefix(".") || name.hasSuffix(".md") || isFolder(whole) ? nil : whole
      }
    } catch {
      throw FileError(folder, error)
    }
  }
}
