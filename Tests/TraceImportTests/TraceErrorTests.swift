import Testing
import TraceImport

@Suite("Importing a trace refuses")
struct TraceErrorTests {
}
