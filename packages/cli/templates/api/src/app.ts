import { Vivace, provide } from 'vivace';
import { accessLog, requestId, securityHeaders } from 'vivace/middleware';
import { AuthController } from './auth/auth.controller.js';
import { PostsController } from './posts/posts.controller.js';
import { MemoryPosts, PostsRepository } from './posts/posts.repository.js';
import { UsersController } from './users/users.controller.js';
import { MemoryUsers, UsersRepository } from './users/users.repository.js';

export const app = new Vivace({
  title: '{{name}}',
  version: '0.1.0',
  // A field that no class declares is a mistake of the client.
  extra: 'forbid',
  controllers: [AuthController, UsersController, PostsController],
  provide: [provide(UsersRepository, MemoryUsers), provide(PostsRepository, MemoryPosts)],
  middleware: [requestId(), accessLog(), securityHeaders()],
});
