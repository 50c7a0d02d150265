import { Controller, Get, Reply, Vivace, dependency } from 'vivace';
import { JSONResponse } from 'vivace/responses';

@Controller()
class Callback0 {
  @Get('/')
  callback0(level0: string) {
    return level0;
  }
}

@Controller()
class Callback1 {
  @Get('/')
  callback1(level1: string) {
    return level1;
  }
}

@Controller()
class Callback2 {
  @Get('/')
  callback2(level2: string) {
    return level2;
  }
}

@Controller()
class Callback3 {
  @Get('/')
  callback3(level3: string) {
    return level3;
  }
}

@Controller()
class Callback4 {
  @Get('/')
  callback4(level4: string) {
    return level4;
  }
}

@Controller()
class Callback5 {
  @Get('/')
  callback5(level5: string) {
    return level5;
  }
}

const callbacks = [Callback0, Callback1, Callback2, Callback3, Callback4, Callback5] as const;

/** What one level adds: tags, a header, responses, a response class and a callback. */
const level = (number: 0 | 1 | 2 | 3 | 4 | 5) => {
  class ResponseLevel extends JSONResponse {
    static override readonly media = `application/x-level-${number}`;
  }
  return {
    dependencies: [
      dependency({ reply: Reply }, ({ reply }) => reply.headers.set(`x-level${number}`, 'True')),
    ],
    responses: {
      [400 + number]: { description: `Client error level ${number}` },
      [500 + number]: { description: `Server error level ${number}` },
    },
    responseClass: ResponseLevel,
    callbacks: [callbacks[number]],
  };
};

const path1 = { ...level(1), tags: ['path1a', 'path1b'], deprecated: true };
const path3 = { ...level(3), tags: ['path3a', 'path3b'], deprecated: true };
const path5 = { ...level(5), tags: ['path5a', 'path5b'], deprecated: true };

@Controller('/level4', { ...level(4), tags: ['level4a', 'level4b'], deprecated: true })
class Router4Override {
  @Get('/override5', path5)
  path5_override_router4_override(level5: string) {
    return level5;
  }

  @Get('/default5')
  path5_default_router4_override(level5: string) {
    return level5;
  }
}

@Controller()
class Router4Default {
  @Get('/override5', path5)
  path5_override_router4_default(level5: string) {
    return level5;
  }

  @Get('/default5')
  path5_default_router4_default(level5: string) {
    return level5;
  }
}

@Controller('/level3', {
  ...level(3),
  tags: ['level3a', 'level3b'],
  controllers: [Router4Override, Router4Default],
})
class Level3 {}

const inner = [Level3, Router4Override, Router4Default];

@Controller('/level2', {
  ...level(2),
  tags: ['level2a', 'level2b'],
  deprecated: true,
  controllers: inner,
})
class Router2Override {
  @Get('/override3', path3)
  path3_override_router2_override(level3: string) {
    return level3;
  }

  @Get('/default3')
  path3_default_router2_override(level3: string) {
    return level3;
  }
}

@Controller('', { controllers: inner })
class Router2Default {
  @Get('/override3', path3)
  path3_override_router2_default(level3: string) {
    return level3;
  }

  @Get('/default3')
  path3_default_router2_default(level3: string) {
    return level3;
  }
}

@Controller()
class Root {
  @Get('/override1', path1)
  path1_override(level1: string) {
    return level1;
  }

  @Get('/default1')
  path1_default(level1: string) {
    return level1;
  }
}

export const app = new Vivace({ ...level(0), controllers: [Root] })
  .include([Router2Override, Router2Default], {
    ...level(1),
    prefix: '/level1',
    tags: ['level1a', 'level1b'],
  })
  .include([Router2Override, Router2Default]);
