import { Controller, Get, Vivace } from 'vivace';
import { HTMLResponse, JSONResponse, PlainTextResponse } from 'vivace/responses';

class ORJSONResponse extends JSONResponse {
  static override readonly media = 'application/x-orjson';
}

class OverrideResponse extends JSONResponse {
  static override readonly media = 'application/x-override';
}

@Controller()
class Root {
  @Get('/')
  get_root() {
    return { msg: 'Hello World' };
  }

  @Get('/override', { responseClass: PlainTextResponse })
  get_path_override() {
    return 'Hello World';
  }
}

@Controller('/a')
class AA {
  @Get('/')
  get_a_a() {
    return { msg: 'Hello A A' };
  }

  @Get('/override', { responseClass: PlainTextResponse })
  get_a_a_path_override() {
    return 'Hello A A';
  }
}

@Controller('/b', { responseClass: PlainTextResponse })
class AB {
  @Get('/')
  get_a_b() {
    return 'Hello A B';
  }

  @Get('/override', { responseClass: HTMLResponse })
  get_a_b_path_override() {
    return 'Hello A B';
  }
}

@Controller('/a', { controllers: [AA, AB] })
class A {
  @Get('/')
  get_a() {
    return { msg: 'Hello A' };
  }

  @Get('/override', { responseClass: PlainTextResponse })
  get_a_path_override() {
    return 'Hello A';
  }
}

@Controller('/c', { responseClass: HTMLResponse })
class BAC {
  @Get('/')
  get_b_a_c() {
    return 'Hello B A C';
  }

  @Get('/override', { responseClass: OverrideResponse })
  get_b_a_c_path_override() {
    return { msg: 'Hello B A C' };
  }
}

@Controller('/a', { controllers: [BAC] })
class BA {
  @Get('/')
  get_b_a() {
    return 'Hello B A';
  }

  @Get('/override', { responseClass: HTMLResponse })
  get_b_a_path_override() {
    return 'Hello B A';
  }
}

@Controller('/b', { controllers: [BA] })
class B {
  @Get('/')
  get_b() {
    return 'Hello B';
  }

  @Get('/override', { responseClass: HTMLResponse })
  get_b_path_override() {
    return 'Hello B';
  }
}

export const app = new Vivace({ controllers: [Root, A], responseClass: ORJSONResponse }).include(
  B,
  { responseClass: PlainTextResponse },
);
