// For authors of packages that add to applications; programs import from the packages.

// What a package adds
export type { Extension, ExtensionMount, Plan } from './declare/extension';
export type { Class } from './declare/class';
export type { Needs } from './declare/provided';
export { lifetime } from './declare/injectable';

// What yielded values do around the answer
export { beforeBody, settle, succeeded } from './declare/settling';

// What is published
export type { TraceMessage } from './process/trace';
export type { UnhandledMessage } from './process/unhandled-message';
export { gauges, reportGauges, type Gauge } from './process/gauges';

// What a value is opened for, and with which transaction
export { Occasion } from './declare/occasion';
export { AfterCommit } from './declare/after-commit';

// What stands around methods
export { attach, attachedTo } from './declare/attach';
export type { AttachedUse } from './declare/class-facts';
export { describeMethod, type DescribedMethod } from './app/described-method';

// What something thrown says
export { messageOf } from './errors/message-of';

// What stops a program before it listens
export { BootError } from './errors/boot-error';
export { checkNumbers } from './declare/numbers';

// What a class says as data
export { bigintIn, checkRoundTrip } from './shape/round-trip';
export { shapeOf } from './shape/shape-of';
export type { ForeignType, Shape, ShapeField, ShapeType } from './declare/shape';
export { wire, wireHidden, type WireForm } from './schema/wire-forms';

// Commands and services of a package
export { holdService } from './process/services/lease';
export type { ServiceLease, ServiceOptions } from './process/services/lease';
export type { RunningService, Service } from './process/services/service';
export type { CommandLine, Commands, Project, RunningServices } from './app/commands';

// What is called by something other than HTTP
export { declareEntry, type Entry, type EntryDeclaration } from './declare/entry';
export { given, placeholder, type Given } from './declare/placeholder';

// What runs beside HTTP
export type { Host, Work } from './declare/work';
export { workOf } from './app/work-of';
export { Closing } from './process/closing';

// Rooms of one process, for those that span several
export { MemoryRooms } from './websocket/rooms';

// What clients carry and may neither read nor change
export { Seal } from './middleware/seal';
