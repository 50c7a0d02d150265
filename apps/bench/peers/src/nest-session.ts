import {
  Inject,
  Injectable,
  Scope,
  UnauthorizedException,
  ForbiddenException,
  type CanActivate,
  type ExecutionContext,
  type Provider,
} from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Session, type Person } from './business.js';

export type Authenticated = FastifyRequest & { user: Person };

export class Settings {
  readonly role = 'member';
}

/** A session for each request, closed when it has been answered. */
export const sessionProvider: Provider = {
  provide: Session,
  scope: Scope.REQUEST,
  inject: [REQUEST],
  useFactory: (request: FastifyRequest) => {
    const opened = new Session();
    request.raw.once('close', () => opened.close());
    return opened;
  },
};

@Injectable()
export class AuthGuard implements CanActivate {
  constructor(@Inject(Session) private readonly session: Session) {}

  // eslint-disable-next-line typescript/require-await -- a real one would ask a database
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Authenticated>();
    const [scheme, token] = request.headers.authorization?.split(' ') ?? [];
    const user =
      scheme?.toLowerCase() === 'bearer' && token !== undefined
        ? this.session.find(token)
        : undefined;
    if (user === undefined) throw new UnauthorizedException();
    request.user = user;
    return true;
  }
}

@Injectable()
export class RolesGuard implements CanActivate {
  constructor(@Inject(Settings) private readonly settings: Settings) {}

  canActivate(context: ExecutionContext): boolean {
    const { user } = context.switchToHttp().getRequest<Authenticated>();
    if (!user.roles.includes(this.settings.role)) throw new ForbiddenException();
    return true;
  }
}
