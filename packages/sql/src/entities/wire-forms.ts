import { Collection, Reference, ScalarReference } from '@mikro-orm/core';
import { wire, wireHidden } from 'vivace/extend';

// How the classes of MikroORM that stand in entities look in bodies, answers and the document.
wire(Collection, 'list');
wire(Reference, 'itself');
wire(ScalarReference, 'itself');
wireHidden('Hidden', '@mikro-orm/core');
