"""Applications, deadlines, posts with fortrinsadgang and claims."""
