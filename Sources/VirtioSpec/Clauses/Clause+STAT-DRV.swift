extension Clause {
  static let statDrv: [Clause] = [
    Clause(
      .statDrv01, "STAT-DRV-01", .driver, .must,
      source: "content.tex:drivernormative:Basic Facilities of a Virtio Device / Device Status Field",
      says: "The driver sets status bits to mark each finished init step.",
      observed: """
        trace rule: Status values written grow 1,3,11,15 on modern and 1,3,7 on legacy; FAILED (128) may be added \
        at any point, 0 restarts, 16 only with bit 43.
        """),
    Clause(
      .statDrv02, "STAT-DRV-02", .driver, .mustNot,
      source: "content.tex:drivernormative:Basic Facilities of a Virtio Device / Device Status Field",
      says: "The driver never clears a status bit (other than by reset).",
      observed: "trace rule: non-zero Status write lacking a bit set earlier; device reaction undefined (A10)."),
    Clause(
      .statDrv03, "STAT-DRV-03", .driver, .must,
      source: "content.tex:drivernormative:Basic Facilities of a Virtio Device / Device Status Field",
      says: "After setting FAILED the driver resets before a new init attempt.",
      observed: """
        trace rule: Status write that adds ACKNOWLEDGE, DRIVER, FEATURES_OK or DRIVER_OK after FAILED with no 0 \
        write between (repeating FAILED is harmless).
        """),
    Clause(
      .statDrv04, "STAT-DRV-04", .driver, .shouldNot,
      source: "content.tex:drivernormative:Basic Facilities of a Virtio Device / Device Status Field",
      says: "With DEVICE_NEEDS_RESET set the driver does not count on outstanding operations finishing.",
      observed: "fake-device mode: set bit 6 with requests in flight; driver must not block forever."),
  ]
}
