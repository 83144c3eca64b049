package dev.lanegrad.kernels.f32;

import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The vector shape that all kernels of this package use.
final class Lanes {
    static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    /// Each lane takes the value of the lane 1, 2, 4, ... places further.
    static final VectorShuffle<Float> ROTATE_1 = rotation(1);

    static final VectorShuffle<Float> ROTATE_2 = rotation(2);
    static final VectorShuffle<Float> ROTATE_4 = rotation(4);
    static final VectorShuffle<Float> ROTATE_8 = rotation(8);
    static final VectorShuffle<Float> ROTATE_16 = rotation(16);
    static final VectorShuffle<Float> ROTATE_32 = rotation(32);

    /// [#member] for groups of 1, 2, 4, ... lanes, one after the other.
    private static final List<VectorShuffle<Float>> MEMBERS = members();

    private Lanes() {}

    /// Each lane takes the value of member `i` of its group of `g` lanes, a power of two.
    static VectorShuffle<Float> member(int g, int i) {
        return MEMBERS.get(g - 1 + i);
    }

    private static List<VectorShuffle<Float>> members() {
        List<VectorShuffle<Float>> members = new ArrayList<>();
        for (int group = 1; group <= S.length(); group *= 2) {
            for (int member = 0; member < group; member++) {
                int g = group;
                int i = member;
                members.add(VectorShuffle.fromOp(S, lane -> lane / g * g + i));
            }
        }
        return List.copyOf(members);
    }

    private static VectorShuffle<Float> rotation(int places) {
        return VectorShuffle.iota(S, places, 1, true);
    }
}
