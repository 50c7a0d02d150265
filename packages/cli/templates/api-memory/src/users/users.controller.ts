import { Controller, Depends, Get, Post, type int } from 'vivace';
import { rateLimit } from 'vivace/middleware';
import { currentUser } from '../auth/current-user.js';
import { User, UserIn } from './users.models.js';
import { UsersService } from './users.service.js';

@Controller('/users', { tags: ['users'] })
export class UsersController {
  constructor(private readonly users: UsersService) {}

  /** Signs up. */
  @Post('', { status: 201, middleware: [rateLimit({ limit: 20, seconds: 60 })] })
  signUp(user: UserIn): Promise<User> {
    return this.users.signUp(user);
  }

  /** Who is signed in. */
  @Get('/me')
  me(@Depends(currentUser) user: User): User {
    return user;
  }

  @Get('/:user_id')
  read(user_id: int): Promise<User> {
    return this.users.get(user_id);
  }
}
