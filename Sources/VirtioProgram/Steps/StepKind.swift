/// What a step does. The raw values are part of the format: append only.
public enum StepKind: UInt8, CaseIterable, Sendable {
  // Raw: one register access, or one write of guest memory.
  case read
  case write
  case store
  case fill
  // Driver-shaped.
  case reset
  case negotiate
  case status
  case queue
  case publish
  case kick
  case service
  case suppress
  case stop
  case queueReset
  case readConfig
  case descriptor
  case offer
  // Host-shaped.
  case resize
  case backend
  case poll
  // Adversary-shaped.
  case race
  // Driver-shaped, in front of a legacy device.
  case pageSize
  case legacyQueue
  // Host-shaped: of a console, and `deliver` of a network device, too.
  case deliver
  case port
  // Host-shaped: of a network device.
  case link

  /// The kind with this number, brought into range.
  @inlinable
  public init(reducing number: UInt8) {
    self = StepKind(rawValue: number) ?? StepKind(rawValue: number % UInt8(StepKind.allCases.count))!
  }

  /// How a text form spells it.
  public var name: String {
    switch self {
    case .read: "read"
    case .write: "write"
    case .store: "store"
    case .fill: "fill"
    case .reset: "reset"
    case .negotiate: "negotiate"
    case .status: "status"
    case .queue: "queue"
    case .publish: "publish"
    case .kick: "kick"
    case .service: "service"
    case .suppress: "suppress"
    case .stop: "stop"
    case .queueReset: "queue-reset"
    case .readConfig: "read-config"
    case .descriptor: "descriptor"
    case .offer: "offer"
    case .resize: "resize"
    case .backend: "backend"
    case .poll: "poll"
    case .race: "race"
    case .pageSize: "page-size"
    case .legacyQueue: "legacy-queue"
    case .deliver: "deliver"
    case .port: "port"
    case .link: "link"
    }
  }
}

/// One field of a kind of step: where it is, what the text form calls it, and what it may hold.
public struct FieldSpec: Equatable, Sendable {
  public let field: StepField
  public let name: String
  public let domain: Domain

  init(_ field: StepField, _ name: String, _ domain: Domain) {
    self.field = field
    self.name = name
    self.domain = domain
  }
}
