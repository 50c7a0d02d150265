import {
  Body,
  Controller,
  Depends,
  HTTPException,
  Put,
  Vivace,
  dependency,
  type Provided,
} from 'vivace';

const database = new Map([['rick', 'Rick Sanchez']]);

const get_database = dependency(function* () {
  const copy = new Map(database);
  yield copy;
  for (const [id, name] of copy) database.set(id, name);
});
type Database = Provided<typeof get_database>;

@Controller()
class Users {
  @Put('/invalid-user/:user_id')
  put_invalid_user(user_id: string, @Body() name: string, @Depends(get_database) db: Database) {
    db.set(user_id, name);
    throw new HTTPException(400, 'Invalid user');
  }

  @Put('/user/:user_id')
  put_user(user_id: string, @Body() name: string, @Depends(get_database) db: Database) {
    db.set(user_id, name);
    return { message: 'OK' };
  }
}

export const app = new Vivace({ controllers: [Users] });
