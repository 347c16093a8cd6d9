"""Prescriptions drawn at random, with their papers: the door for validators outside who do not read this code.

Everything a sample holds was made by the product's own verbs (kinds, funding, rights, documents, printing, signature);
only the choices are drawn. People and houses are invented; medicines, devices and acts are those of the tables in service.
"""
