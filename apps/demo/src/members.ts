import { Controller, Get, HTTPException, Post, Throws, type int } from 'vivace';
import { desk } from './desk.js';
import { Library } from './library.js';
import { type Member, MemberIn } from './models.js';

@Controller('/members', { tags: ['members'] })
export class MembersController {
  constructor(private readonly library: Library) {}

  /** Who may borrow; for the desk only. */
  @Get('', { dependencies: [desk] })
  list(): Member[] {
    return [...this.library.members.values()];
  }

  @Throws(404)
  @Get('/:member_id')
  read(member_id: int): Member {
    const member = this.library.members.get(member_id);
    if (!member) throw new HTTPException(404, `There is no member ${member_id}.`);
    return member;
  }

  /** Joins the library. The answer has no password: its type does not. */
  @Post('', { status: 201 })
  join(member: MemberIn): Member {
    return this.library.join(member);
  }
}
