import { Controller, Get, Vivace } from 'vivace';

@Controller('/app')
class Main {
  @Get()
  read_main() {
    return { message: 'Hello World from main app' };
  }
}

@Controller('/sub')
class Sub {
  @Get()
  read_sub() {
    return { message: 'Hello World from sub API' };
  }
}

const subapi = new Vivace({ controllers: [Sub] });

export const app = new Vivace({ controllers: [Main] }).mount('/subapi', subapi);
