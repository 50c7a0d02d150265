import { Controller, Get, Vivace } from 'vivace';

class RecursiveItem {
  sub_items: RecursiveItem[] = [];
  name!: string;
}

class RecursiveSubitemInSubmodel {
  sub_items2: RecursiveItemViaSubmodel[] = [];
  name!: string;
}

class RecursiveItemViaSubmodel {
  sub_items1: RecursiveSubitemInSubmodel[] = [];
  name!: string;
}

@Controller('/items')
class Items {
  @Get('/recursive')
  get_recursive(): RecursiveItem {
    return { name: 'item', sub_items: [{ name: 'subitem', sub_items: [] }] };
  }

  @Get('/recursive-submodel')
  get_recursive_submodel(): RecursiveItemViaSubmodel {
    const innermost = { name: 'subsubsubitem', sub_items2: [] };
    return {
      name: 'item',
      sub_items1: [
        { name: 'subitem', sub_items2: [{ name: 'subsubitem', sub_items1: [innermost] }] },
      ],
    };
  }
}

export const app = new Vivace({ controllers: [Items] });
