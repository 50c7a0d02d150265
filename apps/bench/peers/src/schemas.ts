import { z } from 'zod';

/** What the servers with zod check. */
export const itemParams = z.object({ id: z.coerce.number().int().min(1) });
export const itemQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  q: z.string().max(50).nullable().default(null),
  active: z.stringbool().default(true),
});
export const usersQuery = z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) });
export const order = z.object({
  customer: z.object({
    name: z.string().min(2).max(100),
    email: z.email(),
    address: z.object({
      street: z.string().min(1).max(200),
      city: z.string().min(1).max(100),
      country: z.string().default('US'),
      zip: z.string().regex(/^\d{5}$/),
    }),
  }),
  items: z
    .array(
      z.object({
        sku: z.string().regex(/^[A-Z]{3}-\d{4}$/),
        quantity: z.number().int().min(1).max(1000),
        unitPrice: z.number().positive(),
      }),
    )
    .min(1)
    .max(50),
  note: z.string().max(500).optional(),
  tags: z.array(z.string()).max(10).default([]),
});

/** What they answer: the fields that are named, and no others. */
export const greeting = z.object({ message: z.string() });
export const item = z.object({
  id: z.number(),
  limit: z.number(),
  q: z.string().nullable(),
  active: z.boolean(),
});
export const receipt = z.object({
  id: z.string(),
  total: z.number(),
  status: z.string(),
  customer: z.object({ name: z.string(), email: z.string() }),
  itemCount: z.number(),
});
export const user = z.object({
  id: z.number(),
  email: z.string(),
  name: z.string(),
  age: z.number(),
  balance: z.number(),
  active: z.boolean(),
  role: z.string(),
  city: z.string().nullable(),
  tags: z.array(z.string()),
  createdAt: z.date(),
});
export const profile = z.object({
  id: z.number(),
  email: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  createdAt: z.date(),
});
