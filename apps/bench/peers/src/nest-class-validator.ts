import 'reflect-metadata';
import {
  Body,
  ClassSerializerInterceptor,
  Controller,
  Get,
  Module,
  Param,
  Post,
  Query,
  Req,
  SerializeOptions,
  UseGuards,
  UseInterceptors,
  ValidationPipe,
} from '@nestjs/common';
import { Expose, Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsEmail,
  IsInt,
  IsNumber,
  IsOptional,
  IsPositive,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { greeting, placeOrder, users } from './business.js';
import { listen } from './nest.js';
import {
  AuthGuard,
  RolesGuard,
  sessionProvider,
  Settings,
  type Authenticated,
} from './nest-session.js';

class AddressDto {
  @Length(1, 200) street!: string;
  @Length(1, 100) city!: string;
  @IsString() country: string = 'US';
  @Matches(/^\d{5}$/) zip!: string;
}
class CustomerDto {
  @Length(2, 100) name!: string;
  @IsEmail() email!: string;
  @ValidateNested() @Type(() => AddressDto) address!: AddressDto;
}
class OrderItemDto {
  @Matches(/^[A-Z]{3}-\d{4}$/) sku!: string;
  @IsInt() @Min(1) @Max(1000) quantity!: number;
  @IsNumber() @IsPositive() unitPrice!: number;
}
class OrderDto {
  @ValidateNested() @Type(() => CustomerDto) customer!: CustomerDto;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => OrderItemDto)
  items!: OrderItemDto[];
  @IsOptional() @IsString() @MaxLength(500) note?: string;
  @IsArray() @ArrayMaxSize(10) @IsString({ each: true }) tags: string[] = [];
}
class ItemParamsDto {
  @Type(() => Number) @IsInt() @Min(1) id!: number;
}
class LimitDto {
  @Type(() => Number) @IsInt() @Min(1) @Max(100) limit: number = 20;
}
class ItemQueryDto extends LimitDto {
  @IsOptional() @IsString() @MaxLength(50) q: string | null = null;
  @Transform(({ obj }) => ({ true: true, false: false })[String(obj.active ?? 'true')])
  @IsBoolean()
  active: boolean = true;
}
class UserDto {
  @Expose() id!: number;
  @Expose() email!: string;
  @Expose() name!: string;
  @Expose() age!: number;
  @Expose() balance!: number;
  @Expose() active!: boolean;
  @Expose() role!: string;
  @Expose() city!: string | null;
  @Expose() tags!: string[];
  @Expose() createdAt!: Date;
}
class ProfileDto {
  @Expose() id!: number;
  @Expose() email!: string;
  @Expose() name!: string;
  @Expose() roles!: string[];
  @Expose() createdAt!: Date;
}

@Controller()
@UseInterceptors(ClassSerializerInterceptor)
class BenchController {
  @Get('hello')
  hello() {
    return greeting;
  }

  @Get('items/:id')
  items(@Param() { id }: ItemParamsDto, @Query() { limit, q, active }: ItemQueryDto) {
    return { id, limit, q, active };
  }

  @Get('users')
  @SerializeOptions({ type: UserDto, strategy: 'excludeAll' })
  users(@Query() { limit }: LimitDto) {
    return users.slice(0, limit);
  }

  @Post('orders')
  orders(@Body() order: OrderDto) {
    return placeOrder(order as Parameters<typeof placeOrder>[0]);
  }
}

/** A guard that needs something of the request makes its whole controller anew for each: a controller of its own. */
@Controller()
@UseInterceptors(ClassSerializerInterceptor)
class ProfileController {
  @Get('profile')
  @UseGuards(AuthGuard, RolesGuard)
  @SerializeOptions({ type: ProfileDto, strategy: 'excludeAll' })
  profile(@Req() request: Authenticated) {
    return request.user;
  }
}

@Module({
  controllers: [BenchController, ProfileController],
  providers: [Settings, sessionProvider],
})
class BenchModule {}

await listen(BenchModule, (app) =>
  app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true })),
);
