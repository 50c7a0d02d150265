import { Controller, Post, Vivace, int } from 'vivace';

@Controller()
class Lists {
  @Post('/')
  post_endpoint(input: int[]): int[] {
    return input;
  }
}

@Controller()
class Records {
  @Post('/')
  post_endpoint(input: Record<string, int[]>): Record<string, int[]> {
    return input;
  }
}

@Controller()
class Sets {
  @Post('/')
  post_endpoint(input: Set<int>): Set<int> {
    return input;
  }
}

export const apps = {
  test_typing: new Vivace({ controllers: [Lists] }),
  test_typing_2: new Vivace({ controllers: [Records] }),
  test_typing_3: new Vivace({ controllers: [Sets] }),
};
