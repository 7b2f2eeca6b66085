/** Registers every host and stateful kernel. */
import './constants';
import './elementwise';
import './matmul';
import './variables';
