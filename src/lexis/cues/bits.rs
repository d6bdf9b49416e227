//! Sets of facts as bits of one number.

macro_rules! bits {
    ($(#[$meta:meta])* $name:ident: $int:ty { $($(#[$doc:meta])* $flag:ident = $value:expr;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
        pub struct $name(pub(crate) $int);
        impl $name {
            $($(#[$doc])* pub const $flag: $name = $name($value);)*
            /// Whether any of `other`'s bits is set.
            pub const fn any(self, other: $name) -> bool {
                self.0 & other.0 != 0
            }
            /// The bits of both.
            pub const fn or(self, other: $name) -> $name {
                $name(self.0 | other.0)
            }
            /// The bits that both have.
            pub const fn and(self, other: $name) -> $name {
                $name(self.0 & other.0)
            }
            /// The bits that `other` has not.
            pub const fn without(self, other: $name) -> $name {
                $name(self.0 & !other.0)
            }
            /// Whether no bit is set.
            pub const fn is_empty(self) -> bool {
                self.0 == 0
            }
            /// Sets `other`'s bits.
            pub const fn set(&mut self, other: $name) {
                self.0 |= other.0;
            }
        }
    };
}

pub(super) use bits;
