import { database } from '@vivace/sql';
import { Post } from './posts/post.entity.js';
import { User } from './users/user.entity.js';

export const db = database({ entities: [User, Post] });
