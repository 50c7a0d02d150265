/** What the compiler puts above decorated classes, so that the order of imports means nothing. */
import 'reflect-metadata';
