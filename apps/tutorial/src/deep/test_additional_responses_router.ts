import { Controller, Get, Vivace } from 'vivace';

class ResponseModel {
  message!: string;
}

@Controller()
class Letters {
  @Get('/a', { responses: { 501: { description: 'Not there' } } })
  a() {
    return 'a';
  }

  @Get('/b', {
    responses: { 502: { description: 'Nobody behind' }, '4XX': { description: 'Your fault' } },
  })
  b() {
    return 'b';
  }

  @Get('/c', {
    responses: {
      400: { description: 'Bad' },
      '5XX': { description: 'Our fault' },
      default: { description: 'Anything else' },
    },
  })
  c() {
    return 'c';
  }

  @Get('/d', {
    responses: {
      400: { description: 'Bad' },
      '5XX': { response: ResponseModel },
      default: { response: ResponseModel },
    },
  })
  d() {
    return 'd';
  }
}

export const app = new Vivace({ controllers: [Letters] });
