import {
  Controller,
  Depends,
  Form,
  Get,
  HTTPException,
  Post,
  UploadFile,
  Vivace,
  dependency,
  int,
} from 'vivace';
import { OAuth2PasswordBearer, OAuth2PasswordRequestForm } from 'vivace/security';

const oauth2 = new OAuth2PasswordBearer({ tokenUrl: '/token' });
const currentUser = dependency({ token: oauth2 }, ({ token }) => {
  if (token !== 'token-of-ann') throw new HTTPException(401, 'Not yours');
  return 'ann';
});

class Item {
  name!: string;
  price!: number;
}
class User {
  name!: string;
}
class Stored {
  filename!: string;
  size!: int;
}

@Controller('', { tags: ['shop'] })
class Shop {
  /** Lists what is sold by the piece or by weight. */
  @Get('/items')
  list_items(unit: 'piece' | 'kg' = 'piece'): string[] {
    return [`by ${unit}`];
  }

  @Post('/items')
  create_item(item: Item): Item {
    return item;
  }

  @Post('/token', { hidden: true })
  login(@Form() form: OAuth2PasswordRequestForm) {
    if (form.password !== 'secret') throw new HTTPException(400, 'Incorrect username or password');
    return { access_token: `token-of-${form.username}`, token_type: 'bearer' };
  }

  @Get('/me')
  read_me(@Depends(currentUser) name: string): User {
    return { name };
  }

  @Post('/files')
  upload(file: UploadFile): Stored {
    return { filename: file.filename, size: file.size as int };
  }
}

/** What a reader of the documentation tries out. */
export const shop = new Vivace({
  title: 'Shop',
  description: 'Everything a *shop* needs.',
  version: '1.2.3',
  controllers: [Shop],
});
