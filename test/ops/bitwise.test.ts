import { sweep } from '../sweep';

sweep('bitwise');
