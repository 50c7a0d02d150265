import { IsEmail, MinLength } from 'class-validator';
import { Controller, Field, FieldValidator, ModelValidator, Post, Vivace, type int } from 'vivace';

class SignUp {
  @MinLength(3, { message: 'at least $constraint1 letters' }) login!: string;
  @IsEmail() email!: string;
  @Field({ ge: 18 }) age!: int;
  newsletter: boolean = false;
}

class Booking {
  from!: int;
  to!: int;
  code?: string;

  @FieldValidator('code')
  static upper(code: string) {
    return code.toUpperCase();
  }
  @ModelValidator()
  ordered() {
    if (this.to < this.from) throw new Error('it ends before it begins');
  }
}

@Controller('/accounts')
class Accounts {
  @Post()
  create(signUp: SignUp): string {
    return `${signUp.login} ${signUp.newsletter ? 'with' : 'without'} the newsletter`;
  }

  @Post('/:login/bookings', { status: 201 })
  book(login: string, booking: Booking): Booking {
    return booking;
  }
}

export const app = new Vivace({ controllers: [Accounts] });
