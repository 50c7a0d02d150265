import { Controller, Depends, Get, Query, Vivace, dependency } from 'vivace';

const client_key = dependency({ client_id: Query(String) }, ({ client_id }) => `${client_id}_key`);
const client_tag = dependency(
  { client_id: Query(String, { nullable: true, default: null }) },
  ({ client_id }) => (client_id === null ? null : `${client_id}_tag`),
);

@Controller('/foo')
class Foo {
  @Get()
  foo_handler(
    @Depends(client_key) client_id: string,
    @Depends(client_tag) client_tag: string | null,
  ) {
    return { client_id, client_tag };
  }
}

export const app = new Vivace({ controllers: [Foo] });
