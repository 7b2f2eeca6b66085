/** What layers' `call` takes, beside their inputs too: nothing else gets through `apply`. */
import { bindMethods } from '../calls/methods';
import { BatchNormalization } from './batch-normalization';
import { Conv1D, Conv2D, Conv2DTranspose } from './convolution';
import { Dropout, Flatten } from './core';
import { Dense } from './dense';
import { bindBuild } from './build';
import { PicturePooling } from './pooling';
import { SeparableConv1D, SeparableConv2D, SeparableConvolution } from './separable';
import { Conv3D, Conv3DTranspose, VolumePooling } from './volumes';

bindMethods(BatchNormalization, { call: 'layers.BatchNormalization.call' });
bindMethods(Conv1D, { call: 'layers.Conv1D.call' });
bindMethods(Conv2D, { call: 'layers.Conv2D.call' });
bindMethods(Conv2DTranspose, { call: 'layers.Conv2DTranspose.call' });
bindMethods(Conv3D, { call: 'layers.Conv2D.call' });
bindMethods(Conv3DTranspose, { call: 'layers.Conv3DTranspose.call' });
bindMethods(Dense, { call: 'layers.Dense.call' });
bindMethods(Dropout, { call: 'layers.Dropout.call' });
bindMethods(Flatten, { call: 'layers.Flatten.call' });
bindMethods(PicturePooling, { call: 'layers.MaxPooling2D.call' });
bindMethods(VolumePooling, { call: 'layers.MaxPooling3D.call' });
bindMethods(SeparableConv1D, { call: 'layers.SeparableConv1D.call' });
bindMethods(SeparableConv2D, { call: 'layers.SeparableConv2D.call' });

bindBuild(BatchNormalization, 'layers.BatchNormalization.build');
bindBuild(Conv1D, 'layers.Conv1D.build');
bindBuild(Conv2DTranspose, 'layers.Conv2DTranspose.build');
bindBuild(Conv3DTranspose, 'layers.Conv3DTranspose.build');
bindBuild(SeparableConvolution, 'layers.SeparableConv1D.build');
bindBuild(Dense, 'layers.Dense.build');
