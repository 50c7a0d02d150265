import { Controller, Depends, Get, HTTPException, Vivace, dependency } from 'vivace';

class InternalError extends Error {}

const get_username = dependency(function* () {
  try {
    yield 'Rick';
  } catch (error) {
    if (!(error instanceof InternalError)) throw error;
    console.log("Oops, we didn't raise again, Britney");
  }
});

@Controller('/items')
class Items {
  @Get('/:item_id')
  get_item(item_id: string, @Depends(get_username) username: string) {
    if (item_id === 'portal-gun')
      throw new InternalError(`The portal gun is too dangerous to be owned by ${username}`);
    if (item_id !== 'plumbus')
      throw new HTTPException(404, "Item not found, there's only a plumbus here");
    return item_id;
  }
}

export const app = new Vivace({ controllers: [Items] });
