// Application
export { Vivace } from './app/vivace';
export type { EntryInfo, RouteInfo, RouteInput, Server } from './declare/server';
export type {
  HealthOptions,
  Lifespan,
  ResponseModels,
  VivaceOptions,
} from './declare/options/vivace-options';
export type {
  BuildOptions,
  IncludeOptions,
  ListenOptions,
  StaticOptions,
} from './declare/options/application-options';
export type { HandlerMountOptions, MountOptions } from './declare/options/mount-options';
export type { Middleware } from './declare/options/layer-options';

// Controllers and path operations
export { Controller } from './declare/controller';
export type { ControllerOptions } from './declare/options/controller-options';
export type { Class, FieldInfo } from './declare/class';
export { type Decorated, Delete, Get, Patch, Post, Put, Route } from './declare/operation';
export type { OperationOptions } from './declare/options/operation-options';
export { WebSocketRoute } from './declare/websocket-route';

// Inputs
export { Body, Cookie, File, Form, Header, Path, Query } from './declare/input';
export type { Input } from './declare/mark';

// Types at run time
export {
  bytes,
  date,
  datetime,
  decimal,
  duration,
  email,
  int,
  ip,
  listOf,
  oneOf,
  time,
  unknown,
  anyUrl,
  url,
  uuid,
} from './declare/types';
export { pageOf } from './pagination/page-of';
export type { StandardInput, StandardOutput, StandardSchema } from './declare/standard-schema';
export type { Given, Of, Type } from './declare/type';
export { Secret } from './declare/secret';

// Dependencies
export type { Dependency, Provided } from './declare/provided';
export { dependency, Depends, Security } from './declare/dependency';
export { Injectable } from './declare/injectable';
export { provide, type Override, type Provision } from './declare/provide';

// DTOs
export { Field } from './declare/field';
export { Model } from './declare/model';
export { FieldValidator, ModelValidator } from './declare/validators';
export { copy, dump, fieldsSet, make, parse } from './serialize/values';
export { jsonable } from './serialize/jsonable';
export type { Json } from './declare/json';

// Errors
export { on, type ExceptionHandler } from './declare/exceptions';
export { Throws } from './declare/throws';
export { HTTPException } from './errors/http-exception';
export { HealthWarning } from './errors/health-warning';
export { ValueError } from './errors/value-error';
export { RequestValidationError } from './errors/request-validation-error';
export { ResponseValidationError } from './errors/response-validation-error';
export { WebSocketDisconnect } from './errors/websocket-disconnect';
export { WebSocketException } from './errors/websocket-exception';
export type { Issue } from './errors/issue';

// Work
export { offload, type Offloaded } from './process/offload/offload';

// Parts of a request
export {
  BackgroundTasks,
  Reply,
  Request,
  Rooms,
  SecurityScopes,
  UploadFile,
  WebSocket,
  type RequestState,
} from './declare/context-classes';
