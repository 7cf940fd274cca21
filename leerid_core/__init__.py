"""The account rules of the LeerID Schoolloket, and everything a school does with them."""
