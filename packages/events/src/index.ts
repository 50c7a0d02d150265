export type {
  Broker,
  BrokerLog,
  Consumption,
  Incoming,
  Lag,
  Outgoing,
  Subscription,
} from './broker/broker';
export { Consumer, On, type ConsumerOptions, type OnOptions } from './consume/consumer';
export { Delivery } from './consume/delivery';
export { Event, type EventClass, type EventOptions } from './event/event';
export { Events } from './publish/events';
export { EventRefused } from './event/event-text';
export { events, type EventsOptions } from './extension';
