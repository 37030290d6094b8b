/// A node that is to be written, as source or into a blob.
struct TreeNode {
  enum Value {
    /// There or not.
    case flag
    case string(String)
    /// Cells that source shows in hexadecimal.
    case addresses([UInt32])
    /// Cells that source shows in decimal.
    case numbers([UInt32])
  }

  let name: String
  let properties: [(name: PropertyName, value: Value)]
  var children: [TreeNode] = []
}
