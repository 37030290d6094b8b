/// A whole device tree with virtio-mmio nodes below its root, and a stand-in for the interrupt controller that they need.
///
/// A tree like this says nothing of processors and memory: it is for tests of what reads trees, and to take nodes from.
public struct VirtioMMIOTree: Equatable, Sendable {
  /// No two with the same base: their names would be the same.
  public var nodes: [VirtioMMIONode]

  public init(_ nodes: [VirtioMMIONode]) { self.nodes = nodes }

  /// In the source language, with the version's tag in front.
  public var source: String { "/dts-v1/;\n\n\(root(name: "/").source())" }

  /// Flattened, in version 17 of the format.
  public var blob: [UInt8] { BlobWriter.blob(of: root(name: "")) }

  /// The root has no name in a blob.
  private func root(name: String) -> TreeNode {
    let cells = nodes.map(\.cells).max() ?? 1
    let controllers = interruptControllers
    let parent = controllers.first.map { [(PropertyName.interruptParent, TreeNode.Value.numbers([$0.phandle]))] } ?? []
    let devices = nodes.map { node in
      let controller = controllers.first { $0.cells == node.interrupt.cells.count }!
      // The first one is that of the root, and is inherited.
      let isInherited = controller.phandle == controllers[0].phandle
      return node.treeNode(cells: cells, interruptParent: isInherited ? nil : controller.phandle)
    }
    return TreeNode(
      name: name,
      properties: [
        (.addressCells, .numbers([UInt32(cells)])),
        (.sizeCells, .numbers([UInt32(cells)])),
      ] + parent, children: devices + controllers.map(\.treeNode))
  }

  /// One for each number of cells that interrupts have here, in the order of the nodes.
  private var interruptControllers: [InterruptController] {
    var controllers: [InterruptController] = []
    for node in nodes where !controllers.contains(where: { $0.cells == node.interrupt.cells.count }) {
      controllers.append(
        InterruptController(phandle: UInt32(controllers.count + 1), cells: node.interrupt.cells.count))
    }
    return controllers
  }

  private struct InterruptController {
    let phandle: UInt32
    let cells: Int

    var treeNode: TreeNode {
      TreeNode(
        name: "interrupt-controller-\(phandle)",
        properties: [
          (.interruptController, .flag),
          // It has no interrupt map, whose addresses these would be.
          (.addressCells, .numbers([0])),
          (.interruptCells, .numbers([UInt32(cells)])),
          (.phandle, .numbers([phandle])),
        ])
    }
  }
}
