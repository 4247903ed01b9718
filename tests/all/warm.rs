//! Warm equals cold: whatever is edited, a build with memory gives the same files as one without, and renders no more than it must.

