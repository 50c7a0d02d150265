import { Controller, Depends, Get, Security, SecurityScopes, Vivace, dependency } from 'vivace';

const counts = { db_session: 0, user: 0, user_me: 0, user_items: 0 };

const get_db_session = dependency(() => `db_session_${++counts.db_session}`);

const get_current_user = dependency(
  { required: SecurityScopes, db_session: get_db_session },
  ({ required, db_session }) => ({
    user: `user_${++counts.user}`,
    scopes: required.scopes,
    db_session,
  }),
);

const get_user_me = dependency(
  { current_user: Security(get_current_user, ['me']) },
  ({ current_user }) => ({
    user_me: `user_me_${++counts.user_me}`,
    current_user,
  }),
);

const get_user_items = dependency({ user_me: get_user_me }, ({ user_me }) => ({
  user_items: `user_items_${++counts.user_items}`,
  user_me,
}));

@Controller()
class Root {
  @Get('/')
  path_operation(
    @Depends(get_user_me) user_me: object,
    @Security(get_user_items, ['items']) user_items: object,
  ) {
    return { user_me, user_items };
  }
}

export const app = new Vivace({ controllers: [Root] });
