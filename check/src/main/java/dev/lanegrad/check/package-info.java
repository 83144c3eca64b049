/// A jqwik extension: tensors of random shape, layout and values as parameters of properties.
///
/// ```java
/// @Property
/// void myFunctionHasTheGradientItStates(@ForAll @Tensors(domain = Domain.POSITIVE) Tensor x) {
///     GradCheck.require(t -> myFunction(t), x);
/// }
///
/// @Property
/// void addingCommutes(@ForAll BroadcastPair pair) {
///     assertTrue(pair.a().add(pair.b()).equal(pair.b().add(pair.a())));
/// }
/// ```
///
/// A failure is shrunk to few axes, short axes, plain values and a plain layout, and printed with
/// its seed, shapes, strides and a line of Java that makes each tensor again.
package dev.lanegrad.check;
