import { Vivace, provide } from 'vivace';
import { accessLog, cors, requestId, securityHeaders } from 'vivace/middleware';
import { loadSettings } from 'vivace/settings';
import { AuthController } from './auth/auth.controller.js';
import { PostsController } from './posts/posts.controller.js';
import { MemoryPosts, PostsRepository } from './posts/posts.repository.js';
import { ApiSettings } from './settings.js';
import { UsersController } from './users/users.controller.js';
import { MemoryUsers, UsersRepository } from './users/users.repository.js';

const { docs, origins } = loadSettings(ApiSettings);

export const app = new Vivace({
  title: '{{name}}',
  version: '0.1.0',
  docs: docs ? { requiredDefaults: true, optionalSecurity: true } : false,
  // A field that no class declares is a mistake of the client.
  extra: 'forbid',
  controllers: [AuthController, UsersController, PostsController],
  provide: [provide(UsersRepository, MemoryUsers), provide(PostsRepository, MemoryPosts)],
  middleware: [requestId(), accessLog(), securityHeaders(), cors({ origins })],
});
