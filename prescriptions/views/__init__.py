"""What a person touches: the record, the prescribing screen, the signature, the life of an e-prescription."""
