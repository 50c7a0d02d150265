import { Body, Controller, Cookie, Get, Header, Path, Post, Query, Vivace } from 'vivace';

class Item {
  data!: string;
}

const named = <T>(one: string, two: string, first: T, second: T) => ({
  [one]: { summary: 'The first', description: 'The first of two', value: first },
  [two]: { value: second },
});

@Controller()
class Examples {
  @Post('/examples/')
  examples(
    @Body({
      examples: [{ data: 'Data in Body examples, example1' }],
      openapiExamples: named(
        'Example One',
        'Example Two',
        { data: 'Data in Body examples, example1' },
        { data: 'Data in Body examples, example2' },
      ),
    })
    item: Item,
  ) {
    return item;
  }

  @Get('/path_examples/:item_id')
  path_examples(
    @Path({
      examples: ['json_schema_item_1', 'json_schema_item_2'],
      openapiExamples: named('Path One', 'Path Two', 'item_1', 'item_2'),
    })
    item_id: string,
  ) {
    return item_id;
  }

  @Get('/query_examples/')
  query_examples(
    @Query({
      examples: ['json_schema_query1', 'json_schema_query2'],
      openapiExamples: named('Query One', 'Query Two', 'query1', 'query2'),
    })
    data: string | null = null,
  ) {
    return data;
  }

  @Get('/header_examples/')
  header_examples(
    @Header({
      examples: ['json_schema_header1', 'json_schema_header2'],
      openapiExamples: named('Header One', 'Header Two', 'header1', 'header2'),
    })
    data: string | null = null,
  ) {
    return data;
  }

  @Get('/cookie_examples/')
  cookie_examples(
    @Cookie({
      examples: ['json_schema_cookie1', 'json_schema_cookie2'],
      openapiExamples: named('Cookie One', 'Cookie Two', 'cookie1', 'cookie2'),
    })
    data: string | null = null,
  ) {
    return data;
  }
}

export const app = new Vivace({ controllers: [Examples] });
