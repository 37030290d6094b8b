extension StepKind {
  /// The fields that have a meaning in steps of this kind, in the order of the text form.
  public var fields: [FieldSpec] { Self.fieldTable[Int(rawValue)] }

  private static let fieldTable: [[FieldSpec]] = allCases.map(\.fieldList)

  private var fieldList: [FieldSpec] {
    switch self {
    case .read: [.offset, .width]
    case .write: [.offset, .width, .value]
    case .store: [.address, .width, .value]
    case .fill:
      [
        .address, FieldSpec(.length, "length", .below(4097)), FieldSpec(.choice, "pattern", .choice(Pattern.names)),
        .seed,
      ]
    case .reset: []
    case .negotiate:
      [
        FieldSpec(.value, "accept", .any), FieldSpec(.index, "force", .below(130)),
        FieldSpec(.flags, "flags", .flags(NegotiateFlags.names)),
      ]
    case .status: [FieldSpec(.flags, "set", .flags(StatusFlags.names))]
    case .queue:
      [
        .queue, FieldSpec(.size, "size", .any), FieldSpec(.choice, "region", .below(8)),
        FieldSpec(.flags, "flags", .flags(QueueFlags.names)),
        FieldSpec(.fault, "fault", .choice(QueueFault.names)),
      ]
    case .publish:
      [
        .queue, FieldSpec(.choice, "request", .choice(Request.names)), FieldSpec(.count, "count", .below(9)),
        FieldSpec(.value, "sector", .any), FieldSpec(.length, "length", .below(8193)),
        FieldSpec(.index, "segments", .below(17)), FieldSpec(.size, "region", .below(8)),
        FieldSpec(.flags, "flags", .flags(PublishFlags.names)),
        FieldSpec(.fault, "fault", .choice(ChainFault.names)), FieldSpec(.position, "at", .below(20)),
        .address,
      ]
    case .kick: [.queue]
    case .service: [FieldSpec(.choice, "ack", .choice(Acknowledgement.names))]
    case .suppress:
      [.queue, FieldSpec(.choice, "by", .choice(Suppression.names)), FieldSpec(.size, "ahead", .any)]
    case .stop: [.queue]
    case .queueReset: [.queue]
    case .readConfig:
      [
        FieldSpec(.index, "field", .below(32)), FieldSpec(.flags, "flags", .flags(ReadConfigFlags.names)),
        // The size changes before the first, second, … access of this step; 0 is never.
        FieldSpec(.count, "resize-at", .below(8)), FieldSpec(.value, "sectors", .below(4096)),
      ]
    case .descriptor:
      [
        .queue, FieldSpec(.choice, "table", .below(9)), FieldSpec(.index, "index", .any), .address,
        FieldSpec(.length, "length", .any), FieldSpec(.flags, "flags", .flags(DescriptorFlags.names)),
        FieldSpec(.size, "next", .any),
      ]
    case .offer: [.queue, FieldSpec(.index, "head", .any), FieldSpec(.size, "jump", .any)]
    case .resize: [FieldSpec(.value, "sectors", .below(4096))]
    case .backend: [FieldSpec(.choice, "mode", .choice(BackendMode.names))]
    case .poll: [FieldSpec(.count, "count", .below(16))]
    case .race: [.address, .width, .value, FieldSpec(.count, "after", .below(8))]
    case .pageSize: [FieldSpec(.length, "bytes", .any)]
    case .legacyQueue:
      [
        .queue, FieldSpec(.size, "size", .any), FieldSpec(.length, "align", .any),
        FieldSpec(.choice, "region", .below(8)), FieldSpec(.flags, "flags", .flags(QueueFlags.names)),
        FieldSpec(.fault, "fault", .choice(QueueFault.names)),
      ]
    case .deliver:
      [
        .port, FieldSpec(.length, "length", .below(4097)), FieldSpec(.choice, "pattern", .choice(Pattern.names)), .seed,
        FieldSpec(.count, "to", .choice(Destination.names)), FieldSpec(.position, "at", .below(20)),
        FieldSpec(.index, "tag", .below(4096)),
      ]
    case .port: [.port, FieldSpec(.choice, "change", .choice(PortChange.names))]
    case .link: [FieldSpec(.choice, "change", .choice(LinkChange.names))]
    }
  }
}

extension FieldSpec {
  static let offset = FieldSpec(.index, "offset", .offset)
  /// Of one access: 1, 2, 4 or 8 bytes.
  public static let width = FieldSpec(.choice, "width", .choice(["1", "2", "4", "8"]))
  static let value = FieldSpec(.value, "value", .any)
  static let seed = FieldSpec(.value, "seed", .any)
  static let queue = FieldSpec(.queue, "queue", .below(8))
  static let port = FieldSpec(.queue, "port", .below(4))
  static let address = FieldSpec(.address, "address", .address)
}
