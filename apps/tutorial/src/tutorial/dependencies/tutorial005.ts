import { Controller, Cookie, Depends, Get, Query, Vivace, dependency } from 'vivace';

const query_extractor = dependency(
  { q: Query(String, { nullable: true, default: null }) },
  ({ q }) => q,
);

const query_or_cookie_extractor = dependency(
  { q: query_extractor, last_query: Cookie(String, { nullable: true, default: null }) },
  ({ q, last_query }) => q || last_query,
);

@Controller('/items')
class Items {
  @Get('/')
  read_query(@Depends(query_or_cookie_extractor) q_or_cookie: string | null) {
    return { q_or_cookie };
  }
}

export const app = new Vivace({ controllers: [Items] });
