/// The properties that discovery looks at.
enum PropertyName: String, CaseIterable {
  case addressCells = "#address-cells"
  case sizeCells = "#size-cells"
  case interruptCells = "#interrupt-cells"
  case interruptController = "interrupt-controller"
  case interruptParent = "interrupt-parent"
  case phandle
  case ranges
  case compatible
  case reg
  case interrupts
  case interruptsExtended = "interrupts-extended"
  case status
}
