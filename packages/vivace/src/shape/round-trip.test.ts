import { Exclude, Expose, Transform } from 'class-transformer';
import { Field, listOf, Model, oneOf, Secret, UploadFile, type Type, type int } from 'vivace';
import { checkRoundTrip } from 'vivace/extend';

class Item {
  id!: int;
  at!: Date;
  tags: Set<string> = new Set();
  more!: Map<string, bigint>;
  next?: Item | null;
}
class Computed {
  first!: string;
  @Expose() get label(): string {
    return this.first;
  }
}
class BothWays {
  @Transform(({ value }) => String(value).toUpperCase()) code!: string;
  @Field({ alias: 'item_id' }) itemId!: int;
}
class Hidden {
  key!: Secret<string>;
}
class Paired {
  pairs!: [int, ...(readonly [Secret<string>])[]];
}
class Excluded {
  @Exclude({ toPlainOnly: true }) password!: string;
}
class Written {
  @Exclude({ toClassOnly: true }) made!: string;
}
class OneWay {
  @Transform(({ value }) => Number(value), { toClassOnly: true }) price!: number;
}
class Renamed {
  @Field({ alias: { in: 'a', out: 'b' } }) name!: string;
}
@Model({ extra: 'forbid' })
class Closed extends Computed {}
class Nested {
  items!: { readonly hidden: Hidden }[];
}
class Filed {
  file!: UploadFile;
}

test.each<[Type]>([
  [Item],
  [Computed],
  [BothWays],
  [listOf(Item)],
  [oneOf(Item, 'none')],
  [String],
])('a type that comes back equal may be kept (%p)', (type) => {
  expect(() => checkRoundTrip(type)).not.toThrow();
});

test.each<[Type, RegExp]>([
  [Hidden, /ONE_WAY_TYPE\] Hidden\.key.* a secret is masked/],
  [Paired, /ONE_WAY_TYPE\] Paired\.pairs.* a secret is masked/],
  [Excluded, /Excluded\.password.* is read and not written/],
  [Written, /Written\.made.* is written and not read/],
  [OneWay, /OneWay\.price.* has a @Transform for one way only/],
  [Renamed, /Renamed\.name.* is written as b, and read by another name/],
  [Closed, /Closed\.label.* takes no other fields/],
  [Nested, /Hidden\.key/],
  [listOf(Hidden), /Hidden\.key/],
  [oneOf(Item, Excluded), /Excluded\.password/],
  [Secret, /The type is not written as it is/],
  [Filed, /Filed\.file/],
])('a type that does not is refused with the field (%p)', (type, message) => {
  expect(() => checkRoundTrip(type)).toThrow(message);
});
