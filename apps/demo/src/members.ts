import { Controller, Get, Post, Query, Throws, type int } from 'vivace';
import { Page, PageQuery } from 'vivace/responses';
import { hashPassword } from 'vivace/security';
import { Session } from '@vivace/sql';
import { desk } from './desk.js';
import { Member } from './entities.js';
import { MemberIn } from './models.js';

@Controller('/members', { tags: ['members'] })
export class MembersController {
  constructor(private readonly db: Session) {}

  /** Who may borrow; for the desk only. */
  @Get('', { dependencies: [desk] })
  list(@Query() page: PageQuery): Promise<Page<Member>> {
    return this.db.page(Member, page);
  }

  @Throws(404)
  @Get('/:member_id')
  read(member_id: int): Promise<Member> {
    return this.db.get(Member, { id: member_id });
  }

  /** Joins the library. The answer has no password: its column is hidden. */
  @Throws(409)
  @Post('', { status: 201 })
  async join(member: MemberIn): Promise<Member> {
    const { name, email, password } = member;
    return this.db.insert(Member, { name, email, passwordHash: await hashPassword(password) });
  }
}
