import {
  ArrayMaxSize,
  ArrayUnique,
  IsEmail,
  Matches,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import {
  Controller,
  Cookie,
  Depends,
  Field,
  Get,
  Header,
  Model,
  Post,
  Query,
  Request,
  Secret,
  type bytes,
  type date,
  type datetime,
  type decimal,
  type duration,
  type email,
  type int,
  type ip,
  type time,
  type url,
  type uuid,
} from 'vivace';
import { session } from './held.js';

class Address {
  street!: string;
  city!: string;
}

/** What is sent has to be of its type: a text is no number. */
@Model({ strict: true })
class Item {
  @MinLength(1) @MaxLength(50) @Matches(/\S/) name!: string;
  @Min(0) price!: number;
  qty: int = 1;
  @ArrayMaxSize(10) tags: string[] = [];
  address?: Address;
  when?: date;
  @IsEmail() @MaxLength(100) email?: string;
  password?: Secret;
}

class Numbers {
  @ArrayUnique() numbers!: int[];
}

/** Texts of every form, of which each has a grammar that an attacker may try. */
class Texts {
  link?: url;
  long?: duration;
  @Field({ ge: '0', maxDigits: 10 }) sum?: decimal;
  @Field({ decimalPlaces: 2 }) rate?: decimal;
  moment?: Date;
  day?: date;
  hour?: time;
  written?: datetime;
  address?: ip;
  id?: uuid;
  mail?: email;
  count?: int;
  big?: bigint;
  part?: `a-${number}-${string}-b`;
}

/** A tree of two kinds of nodes that look alike. */
class Leaf {
  left?: Leaf | Twig;
}
class Twig {
  left?: Leaf | Twig;
  name?: string;
}

class Values {
  id!: int;
  limit!: int;
  flag!: boolean;
  kind!: string;
}

@Controller('/items')
export class Items {
  @Get('/:id')
  read(id: int, limit: int = 20, flag: boolean = false, kind: 'a' | 'b' = 'a'): Values {
    return { id, limit, flag, kind };
  }

  @Post('', { status: 201 })
  create(item: Item): Item {
    return item;
  }
}

class Filter {
  @ArrayMaxSize(10) tags: string[] = [];
}

@Controller('/values')
export class ValuesController {
  @Get('/text')
  text(q: string = ''): { q: string } {
    return { q };
  }

  @Get('/tags')
  tags(@Query() { tags }: Filter): int {
    return tags.length;
  }

  @Get('/exact')
  exact(
    @Query() texts: Texts,
    @Header('x-count') count: int = 0,
    @Cookie() theme: string = '',
  ): int {
    return Object.keys(texts).length + count + theme.length;
  }

  @Get('/:first-:second-:third')
  three(first: string, second: string, third: string): string {
    return [first, second, third].join('/');
  }

  @Post('/numbers')
  numbers(body: Numbers): int {
    return body.numbers.length;
  }

  @Post('/texts')
  texts(_texts: Texts): string {
    return 'read';
  }

  @Post('/tree')
  tree(_tree: Leaf | Twig): string {
    return 'read';
  }

  @Post('/big')
  big(value: { n: bigint; data?: bytes }): { n: string } {
    return { n: String(value.n) };
  }
}

/** Bodies that are read in every other way than by a declared parameter. */
@Controller('/bodies', { bodyLimit: 1000 })
export class Bodies {
  @Post('/stream')
  async stream(request: Request): Promise<int> {
    let size = 0;
    for await (const chunk of request.stream()) size += (chunk as Buffer).length;
    return size;
  }

  @Post('/bytes')
  async bytes(request: Request): Promise<int> {
    return (await request.body()).length;
  }

  /** Holds a session while it reads. */
  @Post('/held')
  async held(request: Request, @Depends(session) _session: { number: int }): Promise<int> {
    return (await request.body()).length;
  }
}
