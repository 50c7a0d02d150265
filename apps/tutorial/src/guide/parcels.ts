import { OmitType, PartialType } from '@nestjs/mapped-types';
import { Type } from 'class-transformer';
import {
  ArrayMinSize,
  IsArray,
  IsDate,
  IsEmail,
  IsEnum,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
  MinLength,
  Validate,
  ValidateIf,
  ValidateNested,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import {
  Body,
  Controller,
  Injectable,
  Patch,
  Post,
  RequestValidationError,
  Vivace,
  on,
} from 'vivace';
import { JSONResponse } from 'vivace/responses';

@Injectable({ lifetime: 'singleton' })
export class Countries {
  readonly #known = new Set(['CZ', 'DE', 'PT']);

  async has(code: string): Promise<boolean> {
    return this.#known.has(code);
  }
}

@ValidatorConstraint({ name: 'isKnownCountry', async: true })
@Injectable()
export class IsKnownCountry implements ValidatorConstraintInterface {
  constructor(private readonly countries: Countries) {}

  async validate(code: unknown): Promise<boolean> {
    return typeof code === 'string' && this.countries.has(code);
  }
  defaultMessage(): string {
    return 'We do not send to $value';
  }
}

export enum Delivery {
  Courier = 'courier',
  Pickup = 'pickup',
}

export class Address {
  @IsString() @Length(2, 40) city!: string;
  @Validate(IsKnownCountry) country!: string;
}

export class Line {
  @IsString() @IsNotEmpty() sku!: string;
  @IsInt() @Min(1) @Max(100) quantity!: number;
  @IsOptional() @IsString() @MaxLength(20) note?: string;
}

export class CreateOrder {
  @IsEmail() email!: string;
  @IsEnum(Delivery) delivery!: Delivery;

  @ValidateIf((order: CreateOrder) => order.delivery === Delivery.Courier)
  @ValidateNested()
  @Type(() => Address)
  address?: Address;

  @IsArray()
  @ArrayMinSize(1)
  @ValidateNested({ each: true })
  @Type(() => Line)
  lines!: Line[];

  @IsOptional() @Type(() => Date) @IsDate() wanted?: Date;
  @IsOptional() @IsString({ each: true }) tags: string[] = [];
}

export class UpdateOrder extends PartialType(OmitType(CreateOrder, ['email'] as const)) {}

export class Discount {
  @IsInt({ always: true })
  @Min(1, { always: true })
  @Max(20, { groups: ['clerk'] })
  @Max(80, { groups: ['manager'] })
  percent!: number;

  @IsString({ groups: ['manager'] })
  @MinLength(3, { groups: ['manager'] })
  @IsOptional({ groups: ['clerk'] })
  reason?: string;
}

@Controller('/orders')
class Orders {
  @Post('/')
  create(order: CreateOrder): CreateOrder {
    return order;
  }

  @Patch('/')
  update(change: UpdateOrder): UpdateOrder {
    return change;
  }

  @Post('/discounts/clerk')
  small(@Body({ groups: ['clerk'] }) discount: Discount): Discount {
    return discount;
  }

  @Post('/discounts/manager')
  large(@Body({ groups: ['manager'] }) discount: Discount): Discount {
    return discount;
  }
}

export const app = new Vivace({ controllers: [Orders], strict: true });

const badRequest = on(RequestValidationError, ({ issues }) => {
  const message = issues.map(({ loc, msg }) => `${loc.slice(1).join('.')}: ${msg}`);
  return new JSONResponse({ statusCode: 400, message, error: 'Bad Request' }, { status: 400 });
});

export const legacy = new Vivace({
  controllers: [Orders],
  strict: true,
  exceptions: [badRequest],
});
