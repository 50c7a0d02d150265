import 'reflect-metadata';
import {
  Body,
  Controller,
  Get,
  Module,
  Param,
  Post,
  Query,
  Req,
  SerializeOptions,
  StandardSchemaSerializerInterceptor,
  StandardSchemaValidationPipe,
  UseGuards,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { z } from 'zod';
import { greeting, placeOrder, users } from './business.js';
import { listen } from './nest.js';
import {
  AuthGuard,
  RolesGuard,
  sessionProvider,
  Settings,
  type Authenticated,
} from './nest-session.js';
import * as schemas from './schemas.js';

@Controller()
class BenchController {
  @Get('hello')
  @SerializeOptions({ schema: schemas.greeting })
  hello() {
    return greeting;
  }

  @Get('items/:id')
  @SerializeOptions({ schema: schemas.item })
  items(
    @Param({ schema: schemas.itemParams }) { id }: z.infer<typeof schemas.itemParams>,
    @Query({ schema: schemas.itemQuery }) { limit, q, active }: z.infer<typeof schemas.itemQuery>,
  ) {
    return { id, limit, q, active };
  }

  @Get('users')
  @SerializeOptions({ schema: schemas.user })
  users(@Query({ schema: schemas.usersQuery }) { limit }: z.infer<typeof schemas.usersQuery>) {
    return users.slice(0, limit);
  }

  @Post('orders')
  @SerializeOptions({ schema: schemas.receipt })
  orders(@Body({ schema: schemas.order }) order: z.infer<typeof schemas.order>) {
    return placeOrder(order);
  }
}

/** A guard that needs something of the request makes its whole controller anew for each: a controller of its own. */
@Controller()
class ProfileController {
  @Get('profile')
  @UseGuards(AuthGuard, RolesGuard)
  @SerializeOptions({ schema: schemas.profile })
  profile(@Req() request: Authenticated) {
    return request.user;
  }
}

@Module({
  controllers: [BenchController, ProfileController],
  providers: [Settings, sessionProvider],
})
class BenchModule {}

await listen(BenchModule, (app) => {
  app.useGlobalPipes(new StandardSchemaValidationPipe());
  app.useGlobalInterceptors(new StandardSchemaSerializerInterceptor(app.get(Reflector)));
});
