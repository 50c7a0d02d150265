import { provide, Vivace } from 'vivace';
import { accessLog, cors, requestId, securityHeaders } from 'vivace/middleware';
import { loadSettings } from 'vivace/settings';
import { queue } from '@vivace/queue';
import { AuthController } from './auth/auth.controller.js';
import { LoggingMailer, Mailer } from './common/mailer.js';
import { db } from './database.js';
import { PostsController } from './posts/posts.controller.js';
import { ApiSettings } from './settings.js';
import { UsersController } from './users/users.controller.js';
import { WelcomeUser } from './users/welcome-user.job.js';

const { docs, origins } = loadSettings(ApiSettings);

export const app = new Vivace({
  title: '{{name}}',
  version: '0.1.0',
  docs: docs ? { requiredDefaults: true, optionalSecurity: true } : false,
  // A field that no class declares is a mistake of the client.
  extra: 'forbid',
  controllers: [AuthController, UsersController, PostsController],
  // In DATABASE_URL; without it in the PostgreSQL that development and tests bring.
  extensions: [db, queue({ jobs: [WelcomeUser] })],
  provide: [provide(Mailer, LoggingMailer)],
  middleware: [requestId(), accessLog(), securityHeaders(), cors({ origins })],
});
