import Foundation

/// All files of the device model with all their mutants.
public struct Schemata: Sendable {
  public private(set) var files: [SchemataFile] = []

  /// - Parameter sources: The files by their paths below the folder of the device model.
  public init(sources: [String: String]) {
    var count = 0
    for (name, source) in sources.sorted(by: { $0.key < $1.key }) {
      files.append(SchemataFile(name: name, source: source, firstNumber: count + 1))
      count += files.last?.mutants.count ?? 0
    }
  }

  /// Those of the package in a folder.
  public init(ofPackage folder: String) throws {
    let model = "\(folder)/\(DeviceModel.folder)"
    guard FileManager.default.fileExists(atPath: "\(folder)/Package.swift"), Files.isFolder(model) else {
      throw FileError(folder, "this is not the folder of the package: there is no Package.swift with a device model")
    }
    let names = try Files.names(below: model).filter { $0.hasSuffix(".swift") }
    self.init(sources: try Dictionary(uniqueKeysWithValues: names.map { ($0, try Files.text("\(model)/\($0)")) }))
  }

  /// By number.
  public var mutants: [Mutant] { files.flatMap(\.mutants) }

  /// The numbers of those that were taken out, since they do not compile.
  public var uncompiled: Set<Int> { files.reduce(into: []) { $0.formUnion($1.uncompiled) } }

  /// Takes out what the compiler complains of; see ``SchemataFile/remove(atLine:column:)``. False where it is none of
  /// these files, or nothing is left there to be taken out.
  public mutating func remove(_ diagnostic: Diagnostic) -> Bool {
    // Names are unique by their ends: they begin below one folder.
    guard let index = files.firstIndex(where: { diagnostic.path.hasSuffix("/\(DeviceModel.folder)/\($0.name)") })
    else { return false }
    return files[index].remove(atLine: diagnostic.line, column: diagnostic.column)
  }
}
