extension Clause {
  static let resetDev: [Clause] = [
    Clause(
      .resetDev01, "RESET-DEV-01", .device, .must,
      source: "content.tex:devicenormative:Basic Facilities of a Virtio Device / Device Reset",
      says: "A reset brings the device status back to 0.",
      observed: """
        write Status=0 from each reachable status (1,3,11,15,+64,+128): 0x070 reads 0 within the reset deadline of \
        the profile (the text sets no time and lets the driver poll; late = warning, never or FAILED instead = \
        violation, A11).
        """),
    Clause(
      .resetDev02, "RESET-DEV-02", .device, .mustNot,
      source: "content.tex:devicenormative:Basic Facilities of a Virtio Device / Device Reset",
      says: "After the reset shows as finished no notification is sent until the driver re-initializes.",
      observed: """
        keep requests in flight, reset, read 0, wait; also inject a config change in that state: InterruptStatus \
        stays 0 and the line stays inactive at least until the first non-zero Status write (from then to \
        DRIVER_OK: used notifications by STAT-DEV-02, config ones not judged).
        """),
    Clause(
      .resetDev03, "RESET-DEV-03", .device, .mustNot,
      source: "content.tex:devicenormative:Basic Facilities of a Virtio Device / Device Reset",
      says: "After the reset shows as finished the queues are not touched until the driver re-initializes.",
      observed: """
        after Status reads 0 poison ring and buffers: memory log shows no access, no late DMA from old requests; \
        the window for rings ends at QueueReady=1 of that queue; old buffers stay off limits until they are \
        offered again.
        """),
    Clause(
      .resetDev04, "RESET-DEV-04", .device, .prose,
      source: "content.tex:sec:General Initialization And Device Operation / Device Cleanup",
      says: "No virtqueue is live after a reset; a re-init starts queues from index 0 with fresh state.",
      observed: """
        re-init with zeroed rings at new addresses and one request: used element goes to slot 0, used.idx becomes \
        1 (packed: slot 0, wrap 1); old areas untouched.
        """),
  ]
}
