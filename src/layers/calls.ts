/** What layers' `call` takes, beside their inputs too: nothing else gets through `apply`. */
import { bindMethods } from '../calls/methods';
import { BatchNormalization } from './batch-normalization';
import { Conv1D, Conv2D, Conv2DTranspose } from './convolution';
import { Dropout, Flatten } from './core';
import { Dense } from './dense';
import { bindBuild } from './build';
import { Pooling } from './pooling';

bindMethods(BatchNormalization, { call: 'layers.BatchNormalization.call' });
bindMethods(Conv1D, { call: 'layers.Conv1D.call' });
bindMethods(Conv2D, { call: 'layers.Conv2D.call' });
bindMethods(Conv2DTranspose, { call: 'layers.Conv2DTranspose.call' });
bindMethods(Dense, { call: 'layers.Dense.call' });
bindMethods(Dropout, { call: 'layers.Dropout.call' });
bindMethods(Flatten, { call: 'layers.Flatten.call' });
bindMethods(Pooling, { call: 'layers.MaxPooling2D.call' });

bindBuild(BatchNormalization, 'layers.BatchNormalization.build');
bindBuild(Conv1D, 'layers.Conv1D.build');
bindBuild(Conv2DTranspose, 'layers.Conv2DTranspose.build');
bindBuild(Dense, 'layers.Dense.build');
