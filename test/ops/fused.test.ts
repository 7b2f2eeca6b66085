import { sweep } from '../sweep';

sweep('fused');
